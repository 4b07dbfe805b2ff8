using System.Reflection;

namespace ModelDsl.Tests.Reference.Methods;

/// <summary>
/// A model or block whose forward method has been run once, on tensors that remember what they are made of, and whose
/// values are computed for each batch.
/// </summary>
internal sealed class ReferenceGraph : IReferenceLayer
{
    private readonly List<ReferenceTensor> _tensors = [];
    private readonly ReferenceTensor _result;
    private double[] _input = [];

    /// <summary>Runs a method that takes one tensor, from the shape at hand to the one behind it.</summary>
    /// <param name="forward">The method.</param>
    /// <param name="context">The model that it is part of.</param>
    /// <param name="isLoss">Whether it may take targets of the shape at hand as a second tensor.</param>
    public ReferenceGraph(MethodInfo forward, ReferenceContext context, bool isLoss = false)
    {
        Context = context;
        var input = new ReferenceTensor(
            this, context.Shape, isFixed: false, batch => ReferenceTensor.SamplesOf(_input, batch));
        bool takesTargets = isLoss && forward.GetParameters().Count(parameter => !HasAttribute(parameter)) == 2;
        _result = Run(forward, takesTargets ? [input, TargetsOf(context.Shape)] : [input]);
        context.Shape = _result.Shape;
    }

    public ReferenceContext Context { get; }

    /// <summary>The targets of the batch at hand, where the method is a loss.</summary>
    public double[] Targets { get; set; } = [];

    /// <summary>Adds a tensor, behind those that it is made of.</summary>
    public void Add(ReferenceTensor tensor) => _tensors.Add(tensor);

    /// <summary>What a method makes of tensors, with parameters of the names that it gives them.</summary>
    public ReferenceTensor Run(MethodInfo forward, IReadOnlyList<ReferenceTensor> inputs)
    {
        var left = new Queue<ReferenceTensor>(inputs);
        object[] arguments =
        [
            .. forward.GetParameters()
                .Select(parameter => parameter.GetCustomAttribute<LayerAttribute>() switch
                {
                    ParameterAttribute own => Parameter(parameter.Name!, own),
                    LabelsAttribute => TargetsOf(inputs[0].Shape is [_] ? [1] : inputs[0].Shape[..^1]),
                    TargetAttribute target => TargetsOf([.. target.Dimensions]),
                    _ => left.Dequeue(),
                }),
        ];
        Assert.Empty(left);
        return (ReferenceTensor)forward.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }

    public double[] Forward(double[] input, int batch)
    {
        _input = input;
        foreach (ReferenceTensor tensor in _tensors)
        {
            tensor.Compute(batch);
        }

        return [.. _result.Of(batch).SelectMany(x => x)];
    }

    private static bool HasAttribute(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<LayerAttribute>() is not null;

    private ReferenceTensor TargetsOf(int[] shape) =>
        new(this, shape, isFixed: false, batch => ReferenceTensor.SamplesOf(Targets, batch));

    private ReferenceTensor Parameter(string name, ParameterAttribute attribute)
    {
        int[] shape = [.. attribute.Dimensions];
        ArraySegment<double> values = Context.Parameter(Context.NameInScope(attribute.Name ?? name), shape);
        return new ReferenceTensor(this, shape, isFixed: true, _ => [[.. values]]);
    }
}
