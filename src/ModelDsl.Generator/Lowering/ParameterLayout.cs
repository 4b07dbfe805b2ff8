namespace ModelDsl.Generator.Lowering;

/// <summary>
/// Where each tensor lies in the parameter memory: trainable ones first, in the order of the layers, then those that no
/// gradient changes, so that gradients and optimizers see one contiguous span.
/// </summary>
internal sealed class ParameterLayout
{
    private readonly Dictionary<string, (Parameter Parameter, int Offset)> _byVariable = new(StringComparer.Ordinal);

    public ParameterLayout(IReadOnlyList<Parameter> parameters)
    {
        Parameters = [.. parameters.OrderBy(parameter => parameter.IsTrainable ? 0 : 1)];
        long length = 0;
        foreach (Parameter parameter in Parameters)
        {
            _byVariable.Add(parameter.Value.Name, (parameter, (int)Math.Min(length, int.MaxValue)));
            _byVariable.Add(parameter.Gradient.Name, (parameter, (int)Math.Min(length, int.MaxValue)));
            length += parameter.PaddedLength;
            TrainableLength = parameter.IsTrainable ? (int)Math.Min(length, int.MaxValue) : TrainableLength;
        }

        Length = length;
    }

    /// <summary>The tensors in the order of memory.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The length of the memory, in floats.</summary>
    public long Length { get; }

    /// <summary>The length of the first part, which gradients change.</summary>
    public int TrainableLength { get; }

    /// <summary>
    /// Where a tensor, or its gradient, starts in its memory. Told by the variable's name, since the training and the
    /// inference program have values of their own for the same tensor.
    /// </summary>
    public int OffsetOf(Value value) => _byVariable[value.Name].Offset;

    /// <summary>The number of trainable values of the layers that came from the model's attribute of a number.</summary>
    public int CountOf(int attributeIndex) =>
        Parameters.Where(parameter => parameter.IsTrainable && parameter.Layer.Index == attributeIndex)
            .Sum(parameter => parameter.Value.Shape.Count);
}
