namespace ModelDsl;

/// <summary>What every compiled model can do, with what belongs to its type.</summary>
/// <typeparam name="TSelf">The model's own class.</typeparam>
public interface IModel<TSelf> : IModel
    where TSelf : class, IModel<TSelf>
{
    /// <summary>The shapes, layers, parameters and memory that all instances share.</summary>
    static abstract ModelDescription Architecture { get; }

    /// <summary>Creates a model whose parameters are drawn from <paramref name="seed"/>.</summary>
    static abstract TSelf Create(ulong seed);
}
