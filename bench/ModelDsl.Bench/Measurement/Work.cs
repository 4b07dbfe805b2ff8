namespace Benchmarks.Bench.Measurement;

/// <summary>How much a row does in one run.</summary>
/// <param name="Amount">Floating-point operations, or bytes moved to and from memory, or items.</param>
/// <param name="Unit">What is counted.</param>
internal readonly record struct Work(double Amount, WorkUnit Unit)
{
    /// <summary>A product of [m,k] and [k,n]: a multiplication and an addition for each of m·n·k.</summary>
    public static Work Product(int m, int n, int k) => new(2.0 * m * n * k, WorkUnit.Operations);

    /// <summary>Floats read and written.</summary>
    public static Work Floats(double read, double written) => new(sizeof(float) * (read + written), WorkUnit.Bytes);

    /// <summary>Samples trained on or predicted.</summary>
    public static Work Samples(int count) => new(count, WorkUnit.Samples);
}
