namespace Benchmarks.Bench.Rows;

/// <summary>(y - t)², as a user would write it.</summary>
internal readonly struct CustomSquaredError : ILoss
{
    public static TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector difference = output - target;
        derivative = difference + difference;
        return difference * difference;
    }
}
