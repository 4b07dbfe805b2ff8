namespace ModelDsl.Extensibility;

/// <summary>
/// An element-wise activation and its derivative. A struct that implements it is specialised by the JIT: it costs what
/// hand-written code would.
/// </summary>
public interface IActivation
{
    /// <summary>
    /// Whether <see cref="Derivative"/> is computed from the activation's output (true) or from its input (false), which
    /// decides what the forward pass keeps.
    /// </summary>
    static abstract bool DerivativeUsesOutput { get; }

    /// <summary>f(x), lane by lane.</summary>
    TVector Forward<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>;

    /// <summary>f'(x), lane by lane, from the saved output or input as <see cref="DerivativeUsesOutput"/> says.</summary>
    TVector Derivative<TVector>(TVector saved)
        where TVector : struct, ISimdVector<TVector>;
}
