import { foreignRefusal } from "../../../shared/foreign/foreignRefusal.ts";
import type { OnnxRuntime } from "../../../shared/ports/onnxRuntime.ts";

/** onnxruntime in this process, where a Worker has one made for each model; read for the first model alone, as there. */
export const nodeOnnxRuntime: OnnxRuntime = {
  install: async () => undefined,
  open: async (_key, model, width) => {
    const { askOnnx } = await import("./onnxSession.ts");
    return {
      ask: async (matrix) => {
        try {
          return (await askOnnx(model, matrix, width)).probabilities;
        } catch (error) {
          throw foreignRefusal(String(error));
        }
      },
    };
  },
};
