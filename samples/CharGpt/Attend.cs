using ModelDsl;

namespace CharGptSample;

/// <summary>Each character asks those before it, in four ways at once.</summary>
[Block, LayerNorm, SelfAttention(Heads = 4, Causal = true)]
public partial class Attend;
