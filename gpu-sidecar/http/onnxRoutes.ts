import { answerOnnx } from "../../shared/contracts/onnxAnswers.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { counted } from "../../shared/domain/counted.ts";
import { askOnnx } from "../onnx/askOnnx.ts";
import { invalidField } from "../parseBody.ts";

export function onnxRoutes(): MountedRoute {
  return handle(answerOnnx, async ({ body: { model, rows, width, output } }) => {
    const bytes = Buffer.from(rows, "base64");
    if (bytes.length === 0 || bytes.length % (4 * width) !== 0) {
      throw invalidField("rows", `has ${counted(bytes.length, "byte")}, which are no whole rows of ${width} float32`);
    }
    const matrix = new Float32Array(bytes.length / 4);
    new Uint8Array(matrix.buffer).set(bytes);
    const values = await askOnnx({ model: new Uint8Array(Buffer.from(model, "base64")), matrix, width, output });
    return { values: Array.from(values, (value) => (Number.isNaN(value) ? null : value)) };
  });
}
