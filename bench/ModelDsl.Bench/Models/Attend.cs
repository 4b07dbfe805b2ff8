namespace Benchmarks.Bench.Models;

/// <summary>The attending half of a transformer's layer.</summary>
[Block, LayerNorm, SelfAttention(Heads = 4, Causal = true)]
public partial class Attend;
