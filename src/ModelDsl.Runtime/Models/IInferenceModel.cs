namespace ModelDsl;

/// <summary>
/// What every compiled model can do, also one without a loss (<see cref="ModelAttribute.Inference"/>). The generator
/// implements it; nobody writes it by hand.
/// </summary>
/// <remarks>
/// <para>A model owns one arena for the current batch, so an instance serves one caller at a time. Members that
/// compute, or return what was computed (<see cref="GetInputBuffer"/>, <see cref="Outputs"/>,
/// <see cref="IModel.HeadLosses"/>), throw an <see cref="InvalidOperationException"/> while another thread computes
/// with the model, or a <see cref="Trainer{TModel}"/> trains or measures it there. Members that compute also throw when
/// a custom activation or loss calls the model that runs it. Different models may run at the same time;
/// <see cref="IInferenceModel{TSelf}.ForInference"/> makes one for each thread.</para>
/// <para>Saving, <see cref="IInferenceModel{TSelf}.ForInference"/> and generators only read the parameters: they may
/// run at the same time as each other and as <see cref="Predict"/>. They throw while another thread trains or loads the
/// model.</para>
/// <para>The spans that a model returns keep their memory alive, even when the model itself is gone. They are the
/// model's own memory, not copies: the next call of the same model, on any thread, overwrites what
/// <see cref="Predict"/>, <see cref="Outputs"/> and <see cref="GetInputBuffer"/> have returned. Copy what must last, or
/// give each thread a model of its own. <see cref="Parameters"/> and <see cref="IModel.Gradients"/> are available at
/// any time and are not guarded: a training loop of your own must not run while another thread uses its model.</para>
/// </remarks>
public interface IInferenceModel
{
    /// <summary>The model's shapes, layers, parameters and memory.</summary>
    ModelDescription Description { get; }

    /// <summary>
    /// All parameters as one contiguous span, laid out as <see cref="ModelDescription.Parameters"/> says. Floats
    /// between two tensors are padding: they are zero and stay zero.
    /// </summary>
    Span<float> Parameters { get; }

    /// <summary>
    /// The buffer that a batch of <paramref name="count"/> samples is read from, valid until the next call with a
    /// larger batch. A loader that writes its samples here and passes this span on saves a copy.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive.</exception>
    Span<float> GetInputBuffer(int count);

    /// <summary>The outputs of the last batch, one sample after the other, valid until the next call.</summary>
    ReadOnlySpan<float> Outputs { get; }

    /// <summary>
    /// Computes the outputs of one or more samples in inference mode. They are valid until the next call.
    /// </summary>
    /// <returns>
    /// The outputs, one sample after the other, in the model's own memory: its next computation, on any thread,
    /// overwrites them. Other models, including those of <see cref="IInferenceModel{TSelf}.ForInference"/>, never do.
    /// </returns>
    /// <exception cref="ArgumentException">The length is not a positive multiple of the input's size.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model is in use, by another thread or further up the stack.
    /// </exception>
    ReadOnlySpan<float> Predict(ReadOnlySpan<float> samples);

    /// <summary>
    /// Reserves the model for the calling thread until the result is disposed. <see cref="Trainer{TModel}"/> and
    /// <see cref="ModelFile"/> call it.
    /// </summary>
    /// <param name="access">What the caller does with the model.</param>
    /// <exception cref="InvalidOperationException">Another caller is using the model.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    ModelHold Hold(ModelAccess access) => default;
}

/// <summary>As <see cref="IInferenceModel"/>, with the static members of the type.</summary>
/// <typeparam name="TSelf">The model's own class.</typeparam>
public interface IInferenceModel<TSelf> : IInferenceModel
    where TSelf : class, IInferenceModel<TSelf>
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
    /// train, and <see cref="IInferenceModel.Parameters"/>, throw an <see cref="InvalidOperationException"/>. The copy
    /// takes twice the memory of its weights; one of a model of mixed precision
    /// (<see cref="ModelAttribute.Precision"/>) half of it, since it holds them in 16 bits only and expands each when a
    /// layer needs it.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Another thread is training or loading this model.</exception>
    TSelf ForInference();
}
