namespace Benchmarks.ScaleBench.Families;

/// <summary>What the values of a sample are.</summary>
internal enum SampleValues
{
    /// <summary>Numbers from 0 to 1.</summary>
    Numbers,

    /// <summary>Tokens, each of which has a label.</summary>
    Tokens,
}
