namespace ModelDsl;

/// <summary>What the elements of a model's input are.</summary>
public enum ElementType
{
    /// <summary>Real numbers.</summary>
    Value,

    /// <summary>Indices into a vocabulary, such as characters or words; an embedding makes vectors of them.</summary>
    Token,
}
