export const GPU_CHOICES = ["auto", "cuda", "off"] as const;
export type GpuChoice = (typeof GPU_CHOICES)[number];

export interface ModelSettings {
  /** FINGPT_BASE_GGUF, or null where none is configured. */
  readonly base: string | null;
  /** FINGPT_LORA_GGUF. A base alone is one that the adapter was merged into. */
  readonly adapter: string | null;
  /** FINGPT_LORA_SCALE. */
  readonly scale: number;
  readonly gpu: GpuChoice;
  /** Articles that the model process holds at once. */
  readonly lanes: number;
  readonly threads: number;
  /** Articles that may wait. */
  readonly max_queue: number;
  /** FINGPT_PROMPT_MARKET: whether the prompt tells the market's state behind the article. */
  readonly prompt_market: boolean;
}
