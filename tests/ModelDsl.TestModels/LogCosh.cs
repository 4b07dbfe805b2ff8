using ModelDsl.Extensibility;

namespace ModelDsl.TestModels;

/// <summary>log cosh(y - t): squares of small differences, a line for large ones.</summary>
public readonly record struct LogCosh : ILoss
{
    /// <inheritdoc/>
    public static TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector difference = output - target;
        derivative = VectorMath.Tanh(difference);

        // log cosh d = |d| + log(1 + e^(-2|d|)) - log 2
        TVector magnitude = TVector.Abs(difference);
        TVector tail = TVector.Broadcast(1f) + VectorMath.Exp(TVector.Broadcast(-2f) * magnitude);
        return magnitude + VectorMath.Log(tail) - TVector.Broadcast(0.693147181f);
    }
}
