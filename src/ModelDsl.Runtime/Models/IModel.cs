namespace ModelDsl;

/// <summary>What every compiled model can do. The generator implements it; nobody writes it by hand.</summary>
/// <remarks>
/// <para>A model owns one arena for the batch at hand, so an instance serves one caller at a time. Whatever computes, and
/// <see cref="GetInputBuffer"/>, throws an <see cref="InvalidOperationException"/> while the model computes for another
/// thread, or further up the stack for a custom activation or loss that calls its own model. Different models run at the
/// same time; <see cref="IModel{TSelf}.ForInference"/> makes one for each thread.</para>
/// <para>The spans that a model gives keep their memory alive, even where the model itself is gone.</para>
/// </remarks>
public interface IModel
{
    /// <summary>The model's shapes, layers, parameters and memory.</summary>
    ModelDescription Description { get; }

    /// <summary>
    /// All parameters as one contiguous span, laid out as <see cref="ModelDescription.Parameters"/> says. Floats between
    /// two tensors are padding: they are zero and stay zero.
    /// </summary>
    Span<float> Parameters { get; }

    /// <summary>
    /// The gradient of the last batch's mean loss (and penalties), laid out like the trainable first part of <see cref="Parameters"/>.
    /// </summary>
    Span<float> Gradients { get; }

    /// <summary>
    /// The number of training steps taken so far. Dropout draws its masks from the seed and this number, so setting it
    /// back replays them.
    /// </summary>
    long TrainingStep { get; set; }

    /// <summary>
    /// The place where a batch of <paramref name="count"/> samples is read from, valid until the next call with a larger
    /// batch. A loader that writes its samples here and passes this span on saves a copy.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive.</exception>
    Span<float> GetInputBuffer(int count);

    /// <summary>
    /// Runs the forward and the backward pass over one batch in training mode: fills <see cref="Gradients"/>, advances
    /// <see cref="TrainingStep"/> and returns the batch's mean loss, with the penalties for weights and activities where the
    /// model has any.
    /// </summary>
    /// <param name="samples">The samples, one after the other: a multiple of the input's size.</param>
    /// <param name="targets">
    /// One label (one for each step of a sequence), or one output's worth of values, for each sample; with several heads, those
    /// of all of them.
    /// </param>
    /// <exception cref="ArgumentException">The lengths do not fit the model or each other, or a label is out of range.</exception>
    float ComputeGradients(ReadOnlySpan<float> samples, Targets targets);

    /// <summary>Runs the forward pass in inference mode and returns the batch's mean loss, without penalties.</summary>
    /// <inheritdoc cref="ComputeGradients" path="/param|/exception"/>
    float ComputeLoss(ReadOnlySpan<float> samples, Targets targets);

    /// <summary>The outputs of the last batch, one sample after the other, valid until the next call.</summary>
    ReadOnlySpan<float> Outputs { get; }

    /// <summary>
    /// The mean loss of each head in the last batch whose loss was computed, without its weight; empty where the model has one
    /// loss only.
    /// </summary>
    ReadOnlySpan<float> HeadLosses => [];

    /// <summary>Runs one or more samples in inference mode and returns their outputs, valid until the next call.</summary>
    /// <exception cref="ArgumentException">The length is not a positive multiple of the input's size.</exception>
    ReadOnlySpan<float> Predict(ReadOnlySpan<float> samples);
}
