namespace ModelDsl;

/// <summary>What every compiled model can do, including the static members of its type.</summary>
/// <typeparam name="TSelf">The model's own class.</typeparam>
public interface IModel<TSelf> : IModel
    where TSelf : class, IModel<TSelf>
{
    /// <summary>The shapes, layers, parameters and memory that all instances share.</summary>
    static abstract ModelDescription Architecture { get; }

    /// <summary>Creates a model whose parameters are drawn from <paramref name="seed"/>.</summary>
    static abstract TSelf Create(ulong seed);

    /// <summary>
    /// A copy that only predicts. Its weights are packed once into the order in which the kernels read them, so that it
    /// predicts batches faster; a copy of a copy shares them, so that a server may hold one for each thread.
    /// </summary>
    /// <remarks>
    /// Later changes of this model do not reach the copy, and the copy's own parameters cannot be changed: members that
    /// train, and <see cref="IModel.Parameters"/>, throw an <see cref="InvalidOperationException"/>. The copy takes
    /// twice the memory of its weights.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Another thread is training or loading this model.</exception>
    TSelf ForInference();
}
