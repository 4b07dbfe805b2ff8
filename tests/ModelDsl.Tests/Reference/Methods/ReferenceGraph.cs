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
    public ReferenceGraph(MethodInfo forward, ReferenceContext context)
    {
        Context = context;
        var input = new ReferenceTensor(
            this, context.Shape, isFixed: false, batch => ReferenceTensor.SamplesOf(_input, batch));
        _result = Run(forward, [input]);
        context.Shape = _result.Shape;
    }

    public ReferenceContext Context { get; }

    /// <summary>Adds a tensor, behind those that it is made of.</summary>
    public void Add(ReferenceTensor tensor) => _tensors.Add(tensor);

    /// <summary>What a method makes of tensors, with parameters of the names that it gives them.</summary>
    public ReferenceTensor Run(MethodInfo forward, IReadOnlyList<ReferenceTensor> inputs)
    {
        var left = new Queue<ReferenceTensor>(inputs);
        object[] arguments =
        [
            .. forward.GetParameters()
                .Select(parameter => parameter.GetCustomAttribute<ParameterAttribute>() is { } attribute
                ? Parameter(parameter.Name!, attribute)
                : left.Dequeue()),
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

    private ReferenceTensor Parameter(string name, ParameterAttribute attribute)
    {
        int[] shape = [.. attribute.Dimensions];
        ArraySegment<double> values = Context.Parameter(Context.NameInScope(attribute.Name ?? name), shape);
        return new ReferenceTensor(this, shape, isFixed: true, _ => [[.. values]]);
    }
}
