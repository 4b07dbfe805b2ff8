namespace ModelDsl;

/// <summary>Marks a partial class as a model: its attributes, in the order of the text, are its layers.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ModelAttribute : Attribute
{
    /// <summary>
    /// The most parameters that the model is meant to have; the compiler warns where there are more. Default: no limit.
    /// </summary>
    public int MaxParameters { get; set; } = int.MaxValue;

    /// <summary>
    /// Whether the passes of training can be run one by one: the class then implements
    /// <see cref="IDifferentiableModel"/>, which has <c>Forward</c>, <c>Backward</c> from a given gradient of
    /// the outputs, and the gradient of the loss by the input. Default: false, and no code is generated for it.
    /// </summary>
    public bool InputGradient { get; set; }

    /// <summary>
    /// Whether the outputs of all layers stay after a training step, so that one can look at them: the class then
    /// implements <see cref="IInspectableModel"/>. A step takes the same values, but more memory and some more time.
    /// Default: false, and the memory of an output goes to other values as soon as nothing reads it any more.
    /// </summary>
    public bool KeepActivations { get; set; }

    /// <summary>
    /// Whether the gradient of each sample can be clipped by itself, as private training does
    /// (<see cref="IClippingModel"/>, <c>docs/privacy.md</c>). Layers that mix the samples of a batch, such as
    /// batch normalisation, cannot stand in such a model. Default: false, and no code is generated for it.
    /// </summary>
    public bool PerSampleClipping { get; set; }

    /// <summary>
    /// The most memory that the model may hold in a training step of <see cref="Batch"/> samples: <c>"64MB"</c>. Where
    /// it would hold more, the compiler has what some operations make computed again in the backward pass instead of
    /// keeping it: with the same bits, and more work. The documentation comment of the class says how much, and
    /// <c>modeldsl explain</c> which operations. Default: no limit.
    /// </summary>
    /// <remarks>
    /// <para>The units are B, KB, MB and GB, of 1000 each, and KiB, MiB and GiB, of 1024. The model holds its
    /// parameters and statistics, their gradients, the samples of the batch, and the values between its layers
    /// (<see cref="ModelDescription.TrainingFloatsPerSample"/> and what a batch needs once). Not counted is what others
    /// hold: the optimizer (Adam as much as parameters and gradients together), the data, and the working memory of
    /// threads, which does not depend on the model's depth.</para>
    /// <para>A larger batch takes more memory than the budget. A model with <see cref="PerSampleClipping"/> has none.
    /// </para>
    /// </remarks>
    public string? MemoryBudget { get; set; }

    /// <summary>The samples of a batch that <see cref="MemoryBudget"/> is for; not given without it.</summary>
    public int Batch { get; set; }

    /// <summary>
    /// Whether the model can be compared with itself in other layouts of its memory, by <see cref="MemoryPlanCheck"/>
    /// in a test of yours: the class then implements <see cref="ICheckedModel{TSelf}"/>, and its code is generated
    /// three times. <see cref="GradientCheck"/> takes every model. Default: false, and no code is generated for it.
    /// </summary>
    public bool Checks { get; set; }

    /// <summary>
    /// Whether the model only predicts: it has no loss, no code for training, and no memory for gradients. The class
    /// then implements <see cref="IInferenceModel{TSelf}"/> instead of <see cref="IModel{TSelf}"/>, and reads the files
    /// of a model with the same layers and a loss. Default: false.
    /// </summary>
    public bool Inference { get; set; }

    /// <summary>
    /// How the passes store weights, activations and their gradients: <see cref="Precision.BFloat16"/> and
    /// <see cref="Precision.Float16"/> take half the memory. Sums are taken in 32 bits, and the parameters that the
    /// optimizer changes keep 32 bits. Micikevicius et al., "Mixed Precision Training" (2018). Default:
    /// <see cref="Precision.Float32"/>.
    /// </summary>
    public Precision Precision { get; set; }

    /// <summary>
    /// How the convolutions of the model and of its blocks are computed, in training, predictions and gradients alike:
    /// <see cref="ConvolutionMethod.Exact"/> keeps NaN, infinities and rounding errors within the windows that they
    /// belong to. Files of parameters fit models of either method. Default: <see cref="ConvolutionMethod.Fastest"/>.
    /// </summary>
    public ConvolutionMethod Convolution { get; set; }
}

/// <summary>
/// Names the safetensors file that a model is loaded from, so that the compiler compares its tensors with the model's.
/// The project lists the file among its AdditionalFiles. The attribute itself loads nothing: call the generated
/// <c>Load</c>.
/// </summary>
/// <param name="path">The file's name, or the end of its path.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WeightsAttribute(string path) : Attribute
{
    /// <summary>The file's name, or the end of its path.</summary>
    public string Path { get; } = path;
}
