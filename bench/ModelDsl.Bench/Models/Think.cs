namespace Benchmarks.Bench.Models;

/// <summary>The half of a transformer's layer that works on each step by itself.</summary>
[Block, LayerNorm, Dense(512), Gelu, Dense(128)]
public partial class Think;
