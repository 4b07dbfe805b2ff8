namespace ModelDsl.Tests.Reference;

/// <summary>What a layer may know of the model that it becomes part of.</summary>
internal sealed class ReferenceContext(ModelDescription description)
{
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>All parameters, laid out as the model's own.</summary>
    public double[] Parameters { get; } = new double[description.ParameterLength];

    /// <summary>The extents of one sample at this place; a layer that changes them says so.</summary>
    public int[] Shape { get; set; } = [.. description.InputShape.Dimensions];

    /// <summary>The number of elements of one sample at this place.</summary>
    public int Count => Shape.Aggregate(1, (product, extent) => product * extent);

    /// <summary>The number of the attribute at hand among the model's layer attributes, from 0 for the input.</summary>
    public int Index { get; set; }

    /// <summary>What dropout masks are drawn from, or null in inference mode.</summary>
    public DropoutDraw? Draw { get; set; }

    /// <summary>The layer's name by the compiler's rule: the user's own, or the kind and its number.</summary>
    public string NameOf(LayerAttribute attribute, string kind)
    {
        int number = _counts.GetValueOrDefault(kind) + 1;
        _counts[kind] = number;
        return attribute.Name ?? $"{kind}{number}";
    }

    /// <summary>The values of a parameter tensor, which follow changes of <see cref="Parameters"/>.</summary>
    public ArraySegment<double> Parameter(string name, params int[] shape)
    {
        ParameterDescription parameter = description.Parameters.Single(candidate => candidate.Name == name);
        Assert.Equal(new Shape(shape), parameter.Shape);
        return new ArraySegment<double>(Parameters, parameter.Offset, parameter.Shape.Count);
    }
}
