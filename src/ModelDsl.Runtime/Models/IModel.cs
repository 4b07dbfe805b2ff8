namespace ModelDsl;

/// <summary>
/// What every compiled model with a loss can do: it predicts, and it can be trained. The generator implements it;
/// nobody writes it by hand.
/// </summary>
public interface IModel : IInferenceModel
{
    /// <summary>
    /// The first part of <see cref="IInferenceModel.Parameters"/>, which training changes: pass it to an optimizer's
    /// step together with <see cref="Gradients"/>. Frozen tensors and statistics follow it.
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
}

/// <summary>As <see cref="IModel"/>, with the static members of the type.</summary>
/// <typeparam name="TSelf">The model's own class.</typeparam>
public interface IModel<TSelf> : IModel, IInferenceModel<TSelf>
    where TSelf : class, IModel<TSelf>;
