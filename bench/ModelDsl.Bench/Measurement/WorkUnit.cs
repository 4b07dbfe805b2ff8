namespace Benchmarks.Bench.Measurement;

/// <summary>What a row's rate counts.</summary>
internal enum WorkUnit
{
    /// <summary>Floating-point operations.</summary>
    Operations,

    /// <summary>Bytes moved to and from memory.</summary>
    Bytes,

    /// <summary>Samples.</summary>
    Samples,
}
