using Benchmarks.ScaleBench.Families;

namespace Benchmarks.ScaleBench;

/// <summary>Makes sure that both sides of a point compute the same before their times are compared.</summary>
internal static class SideComparison
{
    /// <summary>Compares the outputs, and the gradients of one training step from the same parameters.</summary>
    /// <exception cref="InvalidOperationException">They differ by more than a thousandth of the largest.</exception>
    public static void Check(Family family, int size, CompiledModel compiled)
    {
        var ours = (IModel)Activator.CreateInstance(CompiledModel.Load(compiled.Path, compiled.ClassName), 1ul)!;
        int batch = family.BatchOf(size);
        float[] samples = new float[batch * ours.Description.InputShape.Count];
        Batch.DrawSamples(family.Values, samples);
        int[] labels = Batch.DrawLabels(family.Values, batch * ours.Description.LabelsPerSample);

        using TorchTraining theirs = new(ours);
        using Tensor torchSamples = tensor(samples, [batch, .. ours.Description.InputShape.Dimensions]);
        using Tensor torchLabels = tensor(Array.ConvertAll(labels, label => (long)label));
        using Tensor outputs = theirs.Model.Forward(torchSamples).detach().contiguous();
        string work = $"{family.Name} {size}";
        Agreement.Compare(
            $"{work}, outputs",
            Workers.Side.Torch,
            outputs.data<float>().ToArray(),
            ours.Predict(samples),
            Agreement.TorchTolerance);

        ours.ComputeGradients(samples, labels);
        theirs.Step(torchSamples, torchLabels);
        List<float> gradients = [];
        foreach (ParameterDescription parameter in ours.Description.Parameters)
        {
            gradients.AddRange(ours.Gradients.Slice(parameter.Offset, parameter.Shape.Count));
        }

        Agreement.Compare(
            $"{work}, gradients",
            Workers.Side.Torch,
            theirs.ReadGradients(),
            gradients.ToArray(),
            Agreement.TorchTolerance);
    }
}
