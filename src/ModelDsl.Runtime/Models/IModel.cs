namespace ModelDsl;

/// <summary>What every compiled model can do. The generator implements it; nobody writes it by hand.</summary>
/// <remarks>
/// <para>A model owns one arena for the current batch, so an instance serves one caller at a time. Members that
/// compute, or return what was computed (<see cref="GetInputBuffer"/>, <see cref="Outputs"/>,
/// <see cref="HeadLosses"/>), throw an <see cref="InvalidOperationException"/> while another thread computes with the
/// model, or a <see cref="Trainer{TModel}"/> trains or measures it there. Members that compute also throw when a custom
/// activation or loss calls the model that runs it. Different models may run at the same time;
/// <see cref="IModel{TSelf}.ForInference"/> makes one for each thread.</para>
/// <para>Saving, <see cref="IModel{TSelf}.ForInference"/> and generators only read the parameters: they may run at the
/// same time as each other and as <see cref="Predict"/>. They throw while another thread trains or loads the
/// model.</para>
/// <para>The spans that a model returns keep their memory alive, even when the model itself is gone. They are the
/// model's own memory, not copies: the next call of the same model, on any thread, overwrites what
/// <see cref="Predict"/>, <see cref="Outputs"/> and <see cref="GetInputBuffer"/> have returned. Copy what must last, or
/// give each thread a model of its own. <see cref="Parameters"/> and <see cref="Gradients"/> are available at any time
/// and are not guarded: a training loop of your own must not run while another thread uses its model.</para>
/// </remarks>
public interface IModel
{
    /// <summary>The model's shapes, layers, parameters and memory.</summary>
    ModelDescription Description { get; }

    /// <summary>
    /// All parameters as one contiguous span, laid out as <see cref="ModelDescription.Parameters"/> says. Floats
    /// between two tensors are padding: they are zero and stay zero.
    /// </summary>
    Span<float> Parameters { get; }

    /// <summary>
    /// The first part of <see cref="Parameters"/>, which training changes: pass it to an optimizer's step together with
    /// <see cref="Gradients"/>. Frozen tensors and statistics follow it.
    /// </summary>
    Span<float> TrainableParameters => Parameters[..Description.TrainableLength];

    /// <summary>
    /// The gradient of the last batch's mean loss (and penalties), laid out like <see cref="TrainableParameters"/>.
    /// </summary>
    Span<float> Gradients { get; }

    /// <summary>
    /// The number of training steps taken so far. Dropout draws its masks from the seed and this number, so setting it
    /// back replays them.
    /// </summary>
    long TrainingStep { get; set; }

    /// <summary>
    /// What dropout draws its masks from, together with <see cref="TrainingStep"/>. The seed that the model was created
    /// with, until somebody sets another; 0 where the model draws no masks.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    ulong DropoutSeed
    {
        get => 0;
        set
        {
        }
    }

    /// <summary>
    /// The buffer that a batch of <paramref name="count"/> samples is read from, valid until the next call with a
    /// larger batch. A loader that writes its samples here and passes this span on saves a copy.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive.</exception>
    Span<float> GetInputBuffer(int count);

    /// <summary>
    /// Runs the forward and the backward pass over one batch in training mode: fills <see cref="Gradients"/>, advances
    /// <see cref="TrainingStep"/> and returns the batch's mean loss, with the penalties for weights and activities
    /// where the model has any.
    /// </summary>
    /// <param name="samples">The samples, one after the other: a multiple of the input's size.</param>
    /// <param name="targets">
    /// For each sample one label (for a sequence, one for each step), or as many values as the output has; with several
    /// heads, the targets of all heads.
    /// </param>
    /// <exception cref="ArgumentException">The lengths do not match the model or each other, or a label is out of
    /// range.</exception>
    float ComputeGradients(ReadOnlySpan<float> samples, Targets targets);

    /// <summary>Runs the forward pass in inference mode and returns the batch's mean loss, without penalties.</summary>
    /// <inheritdoc cref="ComputeGradients" path="/param|/exception"/>
    float ComputeLoss(ReadOnlySpan<float> samples, Targets targets);

    /// <summary>The outputs of the last batch, one sample after the other, valid until the next call.</summary>
    ReadOnlySpan<float> Outputs { get; }

    /// <summary>
    /// The mean loss of each head in the last batch whose loss was computed, without its weight; empty where the model
    /// has one loss only.
    /// </summary>
    ReadOnlySpan<float> HeadLosses => [];

    /// <summary>
    /// The penalties for weights and activities in what the last <see cref="ComputeGradients"/> returned; 0 where the
    /// model has none.
    /// </summary>
    float Penalty => 0f;

    /// <summary>
    /// What the gradients of activations are multiplied by in the backward pass of a model of
    /// <see cref="Precision.Float16"/>, so that small ones do not become 0: positive and finite, best a power of two.
    /// <see cref="Gradients"/> are without it. A <see cref="Trainer{TModel}"/> adapts it
    /// (<see cref="FitOptions.LossScaling"/>); in a loop of your own it is 1024 until you set another, and where a
    /// gradient is infinite although the loss is finite, the scale is too large for that step. 1 for other models.
    /// </summary>
    float LossScale
    {
        get => 1f;
        set
        {
        }
    }

    /// <summary>
    /// Computes the outputs of one or more samples in inference mode. They are valid until the next call.
    /// </summary>
    /// <returns>
    /// The outputs, one sample after the other, in the model's own memory: its next computation, on any thread,
    /// overwrites them. Other models, including those of <see cref="IModel{TSelf}.ForInference"/>, never do.
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
    /// twice the memory of its weights; one of a model of mixed precision (<see cref="ModelAttribute.Precision"/>) half
    /// of it, since it holds them in 16 bits only and expands each when a layer needs it.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Another thread is training or loading this model.</exception>
    TSelf ForInference();
}
