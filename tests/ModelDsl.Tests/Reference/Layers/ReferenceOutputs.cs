using System.Reflection;

namespace ModelDsl.Tests.Reference.Layers;

/// <summary>Several heads: their outputs side by side, and the weighted sum of their losses.</summary>
[ReferenceOf(typeof(OutputsAttribute<,>))]
[ReferenceOf(typeof(OutputsAttribute<,,>))]
[ReferenceOf(typeof(OutputsAttribute<,,,>))]
internal sealed class ReferenceOutputs : IReferenceLayer, IReferenceLoss
{
    private readonly List<(IReferenceLayer[] Layers, IReferenceLoss Loss, double Weight, HeadDescription Description)> _heads = [];

    public ReferenceOutputs(LayerAttribute attribute, ReferenceContext context)
    {
        context.NameOf(attribute, "outputs");
        int[] input = context.Shape;
        Type[] blocks = attribute.GetType().GetGenericArguments();
        for (int i = 0; i < blocks.Length; i++)
        {
            context.Shape = input;
            object[] parts = context.Create(blocks[i], $"{context.BranchName(blocks, i)}.");
            _heads.Add((
                [.. parts.OfType<IReferenceLayer>()],
                parts.OfType<IReferenceLoss>().Single(),
                blocks[i].GetCustomAttributes<LossAttribute>().Single().Weight,
                context.Description.Heads[i]));
        }
    }

    public double[] Forward(double[] input, int batch)
    {
        double[][] outputs = [.. _heads.Select(head => head.Layers.Aggregate(input, (values, layer) => layer.Forward(values, batch)))];
        return [.. Enumerable.Range(0, batch).SelectMany(sample => outputs.SelectMany(output => Part(output, sample, batch)))];
    }

    public double Evaluate(double[] outputs, Batch batch)
    {
        int width = outputs.Length / batch.Size, labels = batch.Labels!.Length / batch.Size, values = batch.Values!.Length / batch.Size;
        (int firstOutput, int firstLabel, int firstValue) = (0, 0, 0);
        double sum = 0;
        foreach ((_, IReferenceLoss loss, double weight, HeadDescription head) in _heads)
        {
            int count = head.OutputShape.Count;
            var own = new Batch(
                batch.Size,
                [],
                head.LabelsPerSample == 0 ? null : Columns(batch.Labels, batch.Size, labels, firstLabel, head.LabelsPerSample),
                head.ValuesPerSample == 0 ? null : Columns(batch.Values, batch.Size, values, firstValue, head.ValuesPerSample));
            sum += weight * loss.Evaluate(Columns(outputs, batch.Size, width, firstOutput, count), own);
            firstOutput += count;
            firstLabel += head.LabelsPerSample;
            firstValue += head.ValuesPerSample;
        }

        return sum;
    }

    private static double[] Part(double[] output, int sample, int batch)
    {
        int count = output.Length / batch;
        return output[(sample * count)..((sample + 1) * count)];
    }

    private static T[] Columns<T>(T[] matrix, int rows, int stride, int start, int count) =>
        [.. Enumerable.Range(0, rows).SelectMany(row => matrix[((row * stride) + start)..((row * stride) + start + count)])];
}
