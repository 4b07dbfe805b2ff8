using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelDsl.Tests.EndToEnd;

/// <summary>The members that give each tensor's gradient.</summary>
public sealed class GradientMemberTests
{
    private delegate Span<float> Tensor();

    [Theory]
    [MemberData(nameof(TestModelCatalog.Names), MemberType = typeof(TestModelCatalog))]
    public void Each_trained_tensor_has_a_member_for_its_part_of_the_gradients(string name)
    {
        IModel model = TestModelCatalog.Create(name, seed: 1);
        IEnumerable<(int, int)> trained = model.Description.Parameters
            .Where(parameter => parameter.Offset < model.Description.TrainableLength)
            .Select(parameter => (parameter.Offset, parameter.Shape.Count));

        IEnumerable<(int, int)> members = model.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.IsDefined(typeof(ShapeAttribute)))
            .Where(property => property.PropertyType == typeof(Span<float>))
            .Where(property => property.Name.EndsWith("Gradient", StringComparison.Ordinal))
            .Select(property => PlaceIn(model.Gradients, property.GetMethod!.CreateDelegate<Tensor>(model)()));

        Assert.Equal(trained.Order(), members.Order());
    }

    [Fact]
    public void Step_of_an_optimizer_moves_a_weight_against_the_gradient_beside_it()
    {
        var model = new SmallMlp(seed: 1);
        Batch batch = Batch.Draw(model.Description, 4, seed: 2).First();
        model.ComputeGradients(batch.Samples, batch.Targets);
        float[] before = model.Dense1Weight.ToArray();
        float[] gradient = model.Dense1WeightGradient.ToArray();
        Assert.Contains(gradient, value => value != 0f);

        new Sgd { LearningRate = 0.5f }.Step(model.TrainableParameters, model.Gradients);

        Assert.Equal(
            before.Zip(gradient, (weight, slope) => weight - (0.5f * slope)),
            model.Dense1Weight.ToArray(),
            (expected, actual) => MathF.Abs(expected - actual) < 1e-6f);
    }

    [Fact]
    public void Frozen_tensors_have_no_gradient() =>
        Assert.DoesNotContain(
            typeof(FrozenFirst).GetProperties(),
            property => property.Name is "Dense1WeightGradient" or "Dense1BiasGradient");

    private static (int Offset, int Count) PlaceIn(Span<float> memory, Span<float> part)
    {
        nint bytes = Unsafe.ByteOffset(ref MemoryMarshal.GetReference(memory), ref MemoryMarshal.GetReference(part));
        return ((int)bytes / sizeof(float), part.Length);
    }
}
