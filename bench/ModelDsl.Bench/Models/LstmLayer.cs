namespace Benchmarks.Bench.Models;

/// <summary>A long short-term memory between samples and loss.</summary>
[Model, Input(64, 128, Sequence = true), Lstm(128), MeanSquaredError]
public partial class LstmLayer;
