using System.ComponentModel;

namespace ModelDsl;

/// <summary>What every compiled model can do. The generator implements it; nobody writes it by hand.</summary>
/// <remarks>
/// <para>A model owns one arena for the batch at hand, so an instance serves one caller at a time. Whatever computes, or gives
/// what was computed (<see cref="GetInputBuffer"/>, <see cref="Outputs"/>, <see cref="HeadLosses"/>), throws an
/// <see cref="InvalidOperationException"/> while the model computes for another thread, or is trained or measured there by a
/// <see cref="Trainer{TModel}"/>; what computes also does further up the stack, for a custom activation or loss that calls its own
/// model. Different models run at the same time; <see cref="IModel{TSelf}.ForInference"/> makes one for each thread.</para>
/// <para>Saving, <see cref="IModel{TSelf}.ForInference"/> and generators only read the parameters: they run beside each other and
/// beside <see cref="Predict"/>. While another thread trains or loads the model they throw as well.</para>
/// <para>The spans that a model gives keep their memory alive, even where the model itself is gone. They are the model's own
/// memory, not copies: what <see cref="Predict"/>, <see cref="Outputs"/> and <see cref="GetInputBuffer"/> have given is overwritten by
/// the next call of the same model, whoever makes it, also after the call that gave it has ended. Copy what must last, or compute
/// with a model of one's own. <see cref="Parameters"/> and <see cref="Gradients"/> are given at any time; nobody watches who reads
/// or writes them, so a training loop of your own must not run while another thread uses its model.</para>
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
    /// The first part of <see cref="Parameters"/>, which gradients change: what an optimizer's step takes beside
    /// <see cref="Gradients"/>. Behind it lie frozen tensors and statistics.
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

    /// <summary>
    /// The penalties for weights and activities in what the last <see cref="ComputeGradients"/> returned; 0 where the model has
    /// none.
    /// </summary>
    float Penalty => 0f;

    /// <summary>Runs one or more samples in inference mode and returns their outputs, valid until the next call.</summary>
    /// <returns>
    /// The outputs, one sample after the other, where the model has computed them: the next call of this model that computes
    /// overwrites them, on whichever thread. Other models, also those of <see cref="IModel{TSelf}.ForInference"/>, never do.
    /// </returns>
    /// <exception cref="ArgumentException">The length is not a positive multiple of the input's size.</exception>
    /// <exception cref="InvalidOperationException">The model is in use, by another thread or further up the stack.</exception>
    ReadOnlySpan<float> Predict(ReadOnlySpan<float> samples);

    /// <summary>
    /// Keeps the model for the calling thread until what is returned is disposed of. <see cref="Trainer{TModel}"/> and
    /// <see cref="ModelFile"/> call it.
    /// </summary>
    /// <param name="access">What for.</param>
    /// <exception cref="InvalidOperationException">Another caller stands in the way.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    ModelHold Hold(ModelAccess access) => default;
}
