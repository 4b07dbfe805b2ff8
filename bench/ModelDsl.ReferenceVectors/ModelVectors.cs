using System.Reflection;
using ModelDsl.TestModels;
using Benchmarks.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Benchmarks.ReferenceVectors;

/// <summary>
/// What libtorch computes for one model: <c>parameters.*</c> (statistics included), <c>samples</c> and <c>outputs</c> (in
/// inference mode); for each kind of targets <c>labels</c>, <c>values</c>, <c>heads</c> or <c>none</c> that the loss takes, themselves, <c>*.loss</c>
/// (in inference mode), <c>*.training-loss</c> where it is another and <c>*.gradients.*</c>; and for some models
/// <c>OPTIMIZER.*</c>, the parameters after ten steps on the same batch.
/// </summary>
internal static class ModelVectors
{
    /// <summary>Larger models would make larger files than a repository should hold.</summary>
    public const int MaximumParameters = 4096;

    private const int BatchSize = 5;
    private const int Steps = 10;

    private static readonly Type[] ModelsWithOptimizers =
    [
        typeof(DigitMlp), typeof(DenseNoBiasBetween), typeof(SmallLeNet), typeof(BatchNormAfterConvolution),
        typeof(LstmUnrolled), typeof(GruUnrolled), typeof(SimpleRnnUnrolled), typeof(LstmOnTokens), typeof(LayerNormOnSteps),
        typeof(Conv1DSequence), typeof(EmbeddingWithPositions), typeof(TinyGpt), typeof(PreluEach), typeof(PenaltyOfWeights),
        typeof(PenaltyOfActivities), typeof(CrossEntropyOnSteps), typeof(TwoTowersTwoHeads), typeof(FourHeads),
    ];

    /// <summary>Writes the file of a model class, unless the model is too large.</summary>
    public static bool TryWrite(Type type, string path)
    {
        using TorchModel model = new(type);
        if (model.Parameters.Sum(entry => entry.Value.numel()) > MaximumParameters)
        {
            return false;
        }

        Random random = new(1);
        Dictionary<string, Tensor> initial = [];
        foreach ((string name, Parameter parameter) in model.Parameters)
        {
            initial[name] = Draw(random, 1.5 / Math.Sqrt(parameter.shape[^1]), parameter.shape);
        }

        foreach ((string name, Tensor state) in model.States)
        {
            // A variance is positive.
            initial[name] = name.EndsWith("Variance", StringComparison.Ordinal)
                ? Draw(random, 0.5, state.shape) + 1
                : Draw(random, 0.5, state.shape);
        }

        SetParameters(model, initial);
        TensorCollection file = new();
        foreach ((string name, Tensor values) in initial)
        {
            file.Add($"parameters.{name}", values);
        }

        Type[] towers = [.. FirstBlocks(type).Where(block => block.IsDefined(typeof(InputAttribute)))];
        Tensor samples = towers.Length == 0
            ? DrawInput(random, type)
            : cat([.. towers.Select(tower => DrawInput(random, tower).flatten(1))], 1);
        file.Add("samples", samples);

        model.Training = false;
        Tensor outputs = model.Forward(samples);
        file.Add("outputs", outputs);

        // Where dropout drops, libtorch's masks are not ours: then only inference can be compared.
        bool drops = Drops(type);
        List<Target> targets = [.. Target.Draw(type, outputs.shape, random)];
        foreach (Target target in targets)
        {
            file.Add(target.Kind, target.Values);
            if (target.Kind == "heads")
            {
                // A sample's labels stand before its values.
                long values = target.Values.shape[1] - target.LabelsPerSample;
                AddColumns("heads.labels", 0, target.LabelsPerSample);
                AddColumns("heads.values", target.LabelsPerSample, values);
                void AddColumns(string name, long start, long count)
                {
                    if (count > 0)
                    {
                        file.Add(name, target.Values.narrow(1, start, count));
                    }
                }
            }

            model.Training = false;
            file.Add($"{target.Kind}.loss", model.Loss(model.Forward(samples), target.Values));
            if (drops)
            {
                continue;
            }

            model.Training = true;
            Tensor loss = Differentiate(model, samples, target);
            if (model.States.Count > 0 || model.HasPenalties)
            {
                file.Add($"{target.Kind}.training-loss", loss);
                SetParameters(model, initial);
            }

            foreach ((string name, Parameter parameter) in model.Parameters.Where(entry => entry.Value.requires_grad))
            {
                file.Add($"{target.Kind}.gradients.{name}", parameter.grad!);
            }
        }

        foreach (OptimizerVariant variant in OptimizerVariant.All.Where(_ => ModelsWithOptimizers.Contains(type)))
        {
            SetParameters(model, initial);
            model.Training = true;
            using optim.Optimizer optimizer = variant.Create(model.Parameters.Select(entry => entry.Value));
            for (int step = 0; step < Steps; step++)
            {
                Differentiate(model, samples, targets[0]);
                optimizer.step();
            }

            foreach ((string name, Parameter parameter) in model.Parameters)
            {
                file.Add($"{variant.Name}.{name}", parameter);
            }

            foreach ((string name, Tensor state) in model.States)
            {
                file.Add($"{variant.Name}.{name}", state);
            }
        }

        file.Write(path);
        return true;
    }

    /// <summary>Whether the model or a block within it drops elements in training.</summary>
    private static bool Drops(Type type) => type.GetCustomAttributes<LayerAttribute>().Any(layer =>
        layer is DropoutAttribute { Rate: > 0 } or SpatialDropoutAttribute || layer.GetType().GetGenericArguments().Any(Drops));

    private static Tensor Differentiate(TorchModel model, Tensor samples, Target target)
    {
        foreach (Parameter parameter in model.Parameters.Select(entry => entry.Value))
        {
            parameter.grad?.zero_();
        }

        Tensor loss = model.Loss(model.Forward(samples), target.Values);
        loss.backward();
        return loss;
    }

    private static void SetParameters(TorchModel model, Dictionary<string, Tensor> values)
    {
        using IDisposable guard = no_grad();
        foreach ((string name, Parameter parameter) in model.Parameters)
        {
            parameter.copy_(values[name]);
        }

        foreach ((string name, Tensor state) in model.States)
        {
            state.copy_(values[name]);
        }
    }

    private static Type[] FirstBlocks(Type type) =>
        type.GetCustomAttributes<LayerAttribute>().First().GetType().GetGenericArguments();

    private static Tensor DrawInput(Random random, Type type)
    {
        long[] shape = [.. type.GetCustomAttribute<InputAttribute>()!.Dimensions.Select(extent => (long)extent)];
        int? tokens = type.GetCustomAttribute<EmbeddingAttribute>()?.Vocabulary
            ?? type.GetCustomAttribute<OneHotAttribute>()?.Classes;
        return tokens is { } vocabulary
            ? DrawTokens(random, vocabulary, [BatchSize, .. shape])
            : Draw(random, 1, [BatchSize, .. shape]);
    }

    private static Tensor Draw(Random random, double limit, long[] shape)
    {
        float[] values = new float[shape.Aggregate(1L, (product, extent) => product * extent)];
        foreach (ref float value in values.AsSpan())
        {
            value = (float)(limit * ((2 * random.NextDouble()) - 1));
        }

        return tensor(values, shape);
    }

    private static Tensor DrawTokens(Random random, int vocabulary, long[] shape) =>
        tensor([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, extent) => product * extent)).Select(_ => (float)random.Next(vocabulary))], shape);
}
