import type { ClientRequest } from "../../../shared/contracts/route/requestOf.ts";
import type { OnnxPeer } from "../../../shared/ports/onnxPeer.ts";
import type { Painter } from "../../../shared/ports/painter.ts";
import type { SentimentScorer } from "../../../shared/ports/sentimentScorer.ts";
import type { Sidecar, Sidecars } from "../../../shared/ports/sidecars.ts";
import type { SidecarAddress } from "../../../shared/sidecars/parseSidecarUrls.ts";
import { rankForQuestion } from "../../../shared/sidecars/rankSidecars.ts";
import { createSidecarOnnx } from "../sidecarOnnx.ts";
import { createSidecarPainter } from "../sidecarPainter.ts";
import { type SidecarOptions, sendBytes } from "../sidecarRequest.ts";
import { createSidecarSentiment } from "../sidecarSentiment.ts";
import { createSidecarTrainer } from "../sidecarTrainer.ts";
import { askInTurn } from "./askInTurn.ts";
import { createSidecars } from "./createSidecars.ts";
import { createReadingSidecars } from "./readingSidecars.ts";
import { createSidecarFailures } from "./sidecarFailures.ts";

export interface SidecarPoolOptions extends Omit<SidecarOptions, "base_url"> {
  readonly addresses: readonly SidecarAddress[];
  /** Epoch ms of the real clock. */
  readonly now: () => number;
}

/** Everything that is asked of the sidecars, however many there are. Who is asked decides nothing about the answer. */
export interface SidecarPool {
  readonly sidecars: Sidecars;
  readonly sentiment: SentimentScorer;
  readonly painter: Painter;
  readonly onnx_peer: OnnxPeer;
  /** One exchange with any of them. */
  send(request: ClientRequest): Promise<Uint8Array>;
}

interface Member extends Sidecar {
  readonly painter: Painter;
  readonly onnx_peer: OnnxPeer;
  readonly options: SidecarOptions;
}

export function createSidecarPool({ addresses, now, ...shared }: SidecarPoolOptions): SidecarPool {
  const members = addresses.map(({ name, url }): Member => {
    const options = { ...shared, base_url: url };
    const [trainer, sentiment] = [createSidecarTrainer(options), createSidecarSentiment(options)];
    return { name, trainer, sentiment, painter: createSidecarPainter(options), onnx_peer: createSidecarOnnx(options), options };
  });
  const failures = createSidecarFailures(now);
  const any = <Answer>(what: string, key: string, ask: (member: Member) => Promise<Answer>) =>
    askInTurn(what, rankForQuestion(members, key, failures.isResting), failures, ask);
  return {
    sidecars: createSidecars(members, failures),
    sentiment: createReadingSidecars(members, failures),
    // Spread by the sizes, which differ from one question to the next: a hash of 2 MB would cost more than it spreads.
    painter: { png: (svg) => any("paints", String(svg.length), ({ painter }) => painter.png(svg)) },
    onnx_peer: {
      probabilities: (model, matrix, width) =>
        any("runs ONNX", String(model.length), ({ onnx_peer }) => onnx_peer.probabilities(model, matrix, width)),
    },
    send: (request) => any("answers", request.path, ({ options }) => sendBytes(options, request)),
  };
}
