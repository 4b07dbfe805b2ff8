using System.Reflection;

namespace Benchmarks.Torch.Layers;

/// <summary>Several heads: their outputs side by side, and the weighted sum of their losses.</summary>
[TorchOf(typeof(OutputsAttribute<,>))]
[TorchOf(typeof(OutputsAttribute<,,>))]
[TorchOf(typeof(OutputsAttribute<,,,>))]
internal sealed class TorchOutputs : ITorchLayer, ITorchLoss
{
    private readonly List<(TorchChain Chain, long[] Shape, LossAttribute Loss)> _heads = [];

    public TorchOutputs(LayerAttribute attribute, TorchLayerContext context)
    {
        context.NameOf(attribute, "outputs");
        long[] input = context.Shape;
        Type[] blocks = attribute.GetType().GetGenericArguments();
        for (int i = 0; i < blocks.Length; i++)
        {
            context.Shape = input;
            TorchChain chain = context.CreateBlock(blocks[i], $"{TorchLayerContext.BranchName(blocks, i)}.", attribute);
            _heads.Add((chain, context.Shape, blocks[i].GetCustomAttributes<LossAttribute>().Single()));
        }
    }

    public Tensor Forward(Tensor input) => cat([.. _heads.Select(head => head.Chain.Forward(input).flatten(1))], 1);

    /// <param name="outputs">[batch, outputs].</param>
    /// <param name="targets">For each sample the labels of all heads, then the values: floats [batch, targets].</param>
    public Tensor Evaluate(Tensor outputs, Tensor targets)
    {
        long batch = outputs.shape[0], output = 0, label = 0;
        long value = _heads.Sum(head => LabelsOf(head.Loss, head.Shape));
        Tensor total = zeros([]);
        foreach ((TorchChain chain, long[] shape, LossAttribute loss) in _heads)
        {
            long count = shape.Aggregate(1L, (product, extent) => product * extent), labels = LabelsOf(loss, shape);
            Tensor own = outputs.narrow(1, output, count).reshape([batch, .. shape]);
            Tensor target = labels > 0
                ? targets.narrow(1, label, labels).reshape(-1).to(ScalarType.Int64)
                : targets.narrow(1, value, count).reshape([batch, .. shape]);
            total += loss.Weight * chain.Loss!.Evaluate(own, target);
            output += count;
            label += labels;
            value += labels > 0 ? 0 : count;
        }

        return total;
    }

    /// <summary>The labels that a head takes for each sample; 0 where it takes values.</summary>
    public static long LabelsOf(LossAttribute loss, long[] shape) => loss switch
    {
        ContrastiveAttribute => 1,
        SoftmaxCrossEntropyAttribute or HingeAttribute => shape.Length == 2 ? shape[0] : 1,
        _ when TakesLabels(loss.GetType().GetGenericArguments()) => shape.Length == 2 ? shape[0] : 1,
        _ => 0,
    };

    // A method that does has a parameter for them.
    private static bool TakesLabels(Type[] losses) => losses.Any(type =>
        type.GetMethod("Forward", BindingFlags.NonPublic | BindingFlags.Static) is { } forward
        && forward.GetParameters().Any(parameter => parameter.IsDefined(typeof(LabelsAttribute), inherit: false)));
}
