namespace ModelDsl;

/// <summary>The function of a <c>SimpleRnn</c> layer.</summary>
public enum RecurrentActivation
{
    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>max(x, 0).</summary>
    Relu,
}
