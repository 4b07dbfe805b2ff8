using System.Numerics.Tensors;
using ModelDsl.Compositions;

namespace ModelDsl.Tests.Reference;

/// <summary>
/// Compiled models against the plain reference. Single precision keeps 7 digits; sums over at most 784 inputs in up to
/// six layers lose one to two of them, so five digits of the largest value must agree. Where training stores values in
/// 16 bits, the errors of some roundings, one after the other, remain; the reference rounds the weights as the model
/// does.
/// </summary>
public sealed class ReferenceTests
{
    private const double Tolerance = 2e-5;
    private const double ToleranceOfManyLayers = 1e-4;
    private const int ManyLayers = 40;
    private const ulong Seed = 7;

    // The derivative along a direction covers all elements: these tell which tensor is wrong. Each of them costs two
    // passes through the whole reference, so that models of many tensors take few of each.
    private const int ElementsPerModel = 240;
    private const int MostElementsPerTensor = 48;
    private const int MostElementsPerTensorOfManySamples = 8;
    private const int FewestElementsPerTensor = 3;
    private const int ManySamples = 10;

    // A gradient that is zero, such as that of a bias of keys, has the rounding errors of what cancels in it: a tensor
    // is held to at least this share of the largest gradient of the model.
    private const float LeastShare = 1e-2f;

    public static TheoryData<string> Models => TestModelCatalog.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void Predictions_match_the_reference(string name)
    {
        IModel model = CreateWithDrawnParameters(name);
        ReferenceModel reference = new(model);
        Assert.All(Batches(model), batch => AssertClose(reference.Forward(batch), model.Predict(batch.Samples)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Loss_in_inference_mode_matches_the_reference(string name)
    {
        IModel model = CreateWithDrawnParameters(name);
        ReferenceModel reference = new(model);
        foreach (Batch batch in Batches(model))
        {
            AssertClose([reference.Loss(batch)], [model.ComputeLoss(batch.Samples, batch.Targets)]);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Loss_and_outputs_of_a_training_step_match_the_reference(string name) =>
        ForEachBatch(name, (model, reference, batch) =>
        {
            float loss = model.ComputeGradients(batch.Samples, batch.Targets);
            AssertClose([reference.Loss(batch)], [loss], ToleranceOf(model));
            AssertClose(reference.Forward(batch), model.Outputs, ToleranceOf(model));
        });

    [Theory]
    [MemberData(nameof(Models))]
    public void Gradients_match_central_differences(string name)
    {
        Random random = new(11);
        ForEachBatch(name, (model, reference, batch) =>
        {
            model.ComputeGradients(batch.Samples, batch.Targets);
            ParameterDescription[] tensors = [.. Trainable(model)];
            int most = Math.Clamp(
                ElementsPerModel / Math.Max(1, tensors.Length),
                FewestElementsPerTensor,
                batch.Size < ManySamples ? MostElementsPerTensor : MostElementsPerTensorOfManySamples);
            foreach (ParameterDescription parameter in tensors)
            {
                int[] elements = Elements(parameter, most, random);
                float[] gradients = [.. elements.Select(element => model.Gradients[element])];
                float largest = Math.Max(
                    Math.Abs(TensorPrimitives.MaxMagnitude(
                        model.Gradients.Slice(parameter.Offset, parameter.Shape.Count))),
                    LeastShare * Math.Abs(TensorPrimitives.MaxMagnitude(model.Gradients)));
                AssertClose(
                    [.. elements.Select(element => reference.Derivative(batch, element))],
                    gradients,
                    ToleranceOf(model),
                    largest);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Whole_gradient_matches_the_derivative_along_a_random_direction(string name)
    {
        Random random = new(13);
        ForEachBatch(name, (model, reference, batch) =>
        {
            model.ComputeGradients(batch.Samples, batch.Targets);
            AssertMatchesAlongADirection(model, reference, batch, random);
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Loss_and_gradient_with_sample_weights_match_the_reference(string name)
    {
        Random random = new(17);
        ForEachBatch(name, (model, reference, drawn) =>
        {
            // A head that ignores labels counts other samples than its neighbours do.
            if (model.Description.Heads.Any(head => head.IgnoredLabel is not null || !head.ClassWeights.IsEmpty))
            {
                return;
            }

            Batch batch = drawn with
            {
                SampleWeights = [.. Enumerable.Range(0, drawn.Size).Select(i => i == 1 ? 0f : 3 * random.NextSingle())],
            };
            AssertClose(
                [reference.Loss(batch)], [model.ComputeGradients(batch.Samples, batch.Targets)], ToleranceOf(model));
            AssertMatchesAlongADirection(model, reference, batch, random);
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Padding_between_tensors_stays_zero(string name)
    {
        IModel model = CreateWithDrawnParameters(name);
        foreach (Batch batch in Batches(model))
        {
            model.ComputeGradients(batch.Samples, batch.Targets);
        }

        bool[] isTensor = new bool[model.Parameters.Length];
        foreach (ParameterDescription parameter in model.Description.Parameters)
        {
            Array.Fill(isTensor, true, parameter.Offset, parameter.Shape.Count);
        }

        for (int i = 0; i < isTensor.Length; i++)
        {
            if (!isTensor[i])
            {
                Assert.Equal(0f, model.Parameters[i]);
                Assert.Equal(0f, i < model.Gradients.Length ? model.Gradients[i] : 0f);
            }
        }
    }

    /// <summary>Compares the gradient with the derivative along a random direction.</summary>
    private static void AssertMatchesAlongADirection(IModel model, ReferenceModel reference, Batch batch, Random random)
    {
        double[] direction = new double[model.Parameters.Length];
        double sum = 0, magnitude = 0;
        foreach (ParameterDescription parameter in Trainable(model))
        {
            for (int i = parameter.Offset; i < parameter.Offset + parameter.Shape.Count; i++)
            {
                direction[i] = (random.NextDouble() < 0.5 ? -1 : 1) / Math.Sqrt(model.Description.ParameterCount);
                double term = direction[i] * model.Gradients[i];
                sum += term;
                magnitude += Math.Abs(term);
            }
        }

        Assert.Equal(reference.Derivative(batch, direction), sum, ToleranceOf(model) * (magnitude + 1e-3));
    }

    /// <summary>Tests a model and its reference, which drops what the model drops, with each batch.</summary>
    private static void ForEachBatch(string name, Action<IModel, ReferenceModel, Batch> test)
    {
        IModel model = CreateWithDrawnParameters(name);
        ReferenceModel reference = new(model);
        foreach (Batch batch in Batches(model))
        {
            reference.Draw = new DropoutDraw(Seed, model.TrainingStep);
            test(model, reference, batch);
        }
    }

    private static IModel CreateWithDrawnParameters(string name)
    {
        IModel model = TestModelCatalog.Create(name, Seed);
        CompiledCompositions.Draw(model, seed: 5);
        return model;
    }

    private static IEnumerable<ParameterDescription> Trainable(IModel model) =>
        model.Description.Parameters.Where(parameter => parameter.Offset < model.Description.TrainableLength);

    private static IEnumerable<Batch> Batches(IModel model)
    {
        bool isLarge = model.Description.ParameterCount > 10_000 || model.Description.InputShape.Count > 100;
        int[] sizes = isLarge ? [2] : [1, 3, 17];
        return sizes.SelectMany(size => Batch.Draw(model.Description, size, seed: 100 + size));
    }

    private static int[] Elements(ParameterDescription parameter, int most, Random random)
    {
        int count = parameter.Shape.Count;
        IEnumerable<int> elements = count <= most
            ? Enumerable.Range(0, count)
            : Enumerable.Range(0, most - 2).Select(_ => random.Next(count)).Append(0).Append(count - 1);
        return [.. elements.Select(element => parameter.Offset + element)];
    }

    // Of the passes of training. Operations that stand in a row lose digits one after the other.
    private static double ToleranceOf(IModel model) => Math.Max(
        model.Description.Layers.Length > ManyLayers ? ToleranceOfManyLayers : Tolerance,
        Rounding.OfAPass(model.Description.Precision));

    private static void AssertClose(
        double[] expected, ReadOnlySpan<float> actual, double tolerance = Tolerance, double largest = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(largest, expected.Max(Math.Abs)) + 1e-3;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance * scale);
        }
    }
}
