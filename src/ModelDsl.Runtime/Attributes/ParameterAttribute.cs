namespace ModelDsl;

/// <summary>
/// Makes a parameter of the method <c>Forward</c> a parameter of the model: a tensor of numbers that training changes,
/// one for all samples. It is saved under the name that it has in the method.
/// </summary>
/// <param name="dimensions">The extents, outermost first; each at least 1.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParameterAttribute(params int[] dimensions) : LayerAttribute
{
    /// <summary>The extents, outermost first.</summary>
    public IReadOnlyList<int> Dimensions { get; } = dimensions;

    /// <summary>
    /// How the numbers are drawn before training. The last dimension counts as the outputs and the product of the
    /// others as the inputs. Default: <see cref="Initializer.GlorotUniform"/>.
    /// </summary>
    public Initializer Initializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>The standard deviation where the numbers are drawn from a normal distribution. Default: 0.02.</summary>
    public double Deviation { get; set; } = 0.02;

    /// <summary>
    /// What every number is before training, in place of the <see cref="Initializer"/>; NaN, the default, stands for
    /// none.
    /// </summary>
    public double Initial { get; set; } = double.NaN;
}
