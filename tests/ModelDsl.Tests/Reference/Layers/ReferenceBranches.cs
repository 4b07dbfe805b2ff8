namespace ModelDsl.Tests.Reference.Layers;

/// <summary>
/// Branches on the same input: added, multiplied with broadcasting, or side by side along the last dimension.
/// </summary>
[ReferenceOf(typeof(SumAttribute<,>))]
[ReferenceOf(typeof(SumAttribute<,,>))]
[ReferenceOf(typeof(SumAttribute<,,,>))]
[ReferenceOf(typeof(MultiplyAttribute<,>))]
[ReferenceOf(typeof(ConcatAttribute<,>))]
[ReferenceOf(typeof(ConcatAttribute<,,>))]
[ReferenceOf(typeof(ConcatAttribute<,,,>))]
internal sealed class ReferenceBranches : IReferenceLayer
{
    private readonly string _kind;
    private readonly ReferenceBlock[] _branches;
    private readonly int[] _shape;

    public ReferenceBranches(LayerAttribute attribute, ReferenceContext context)
    {
        _kind = attribute.GetType().Name.Split("Attribute")[0];
        string name = context.NameOf(attribute, char.ToLowerInvariant(_kind[0]) + _kind[1..]);
        _branches = ReferenceBlock.AllOf(attribute, context, name);
        _shape = _kind switch
        {
            "Concat" => [.. context.Shape[..^1], _branches.Sum(branch => branch.Shape[^1])],
            "Multiply" => ReferenceBroadcast.Join(_branches[0].Shape, _branches[1].Shape),
            _ => context.Shape,
        };
        context.Shape = _shape;
    }

    public double[] Forward(double[] input, int batch)
    {
        double[][] outputs = [.. _branches.Select(branch => branch.Run(input, batch))];
        return _kind switch
        {
            "Sum" => outputs.Aggregate((left, right) => [.. left.Zip(right, (a, b) => a + b)]),
            "Multiply" => [.. Broadcast(0).Zip(Broadcast(1), (left, right) => left * right)],
            _ => Concatenate(outputs),
        };

        double[] Broadcast(int branch) =>
            ReferenceBroadcast.Apply(outputs[branch], _branches[branch].Shape, _shape, batch);
    }

    private double[] Concatenate(double[][] outputs)
    {
        int rows = outputs[0].Length / _branches[0].Shape[^1];
        return
        [
            .. Enumerable.Range(0, rows).SelectMany(row => outputs.SelectMany((output, branch) =>
                output.Skip(row * _branches[branch].Shape[^1]).Take(_branches[branch].Shape[^1]))),
        ];
    }
}
