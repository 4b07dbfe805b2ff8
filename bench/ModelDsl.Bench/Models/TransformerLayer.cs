namespace Benchmarks.Bench.Models;

/// <summary>A layer of a transformer.</summary>
[Block, Residual<Attend>, Residual<Think>]
public partial class TransformerLayer;
