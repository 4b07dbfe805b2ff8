namespace Benchmarks.Bench.Models;

/// <summary>Gated recurrent units between samples and loss.</summary>
[Model, Input(64, 128, Sequence = true), Gru(128), MeanSquaredError]
public partial class GruLayer;
