using System.Reflection;

namespace ModelDsl.Tests.EndToEnd;

public sealed class MemoryPlanCheckTests
{
    private static readonly MarkedModels Models = new("Checks");

    public static TheoryData<string> Names => TestModelCatalog.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_test_model_passes(string name)
    {
        IModel model = Models.Create(name, seed: 3, "Planned");
        Batch batch = Batch.Draw(model.Description, size: 3, seed: 5).First();
        float[] before = model.Parameters.ToArray();

        typeof(MemoryPlanCheckTests).GetMethod(nameof(Run), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(model.GetType())
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [model, batch], null);

        Assert.Equal(before, model.Parameters.ToArray());
        Assert.Equal(0, model.TrainingStep);
    }

    [Fact]
    public void A_model_whose_memory_is_wrong_is_told()
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(
            () => MemoryPlanCheck.Run(new Overwritten(), [1, 2, 3], new float[] { 1 }));

        Assert.Contains("the prediction of one sample", exception.Message, StringComparison.Ordinal);
        Assert.Contains("memory of its own for each value", exception.Message, StringComparison.Ordinal);
    }

    private static void Run<TModel>(TModel model, Batch batch)
        where TModel : class, ICheckedModel<TModel> => MemoryPlanCheck.Run(model, batch.Samples, batch.Targets);
}

/// <summary>
/// It stands for one whose values overwrite each other: what it is compared with computes something else.
/// </summary>
[Model, Input(3), Dense(5), Tanh, Dense(1), MeanSquaredError]
public partial class Overwritten : ICheckedModel<Overwritten>
{
    static IModel ICheckedModel<Overwritten>.CreateSeparate(ulong seed) => new OtherFunction(seed);

    static IModel ICheckedModel<Overwritten>.CreatePoisoned(ulong seed) => new Overwritten(seed);
}

[Model, Input(3), Dense(5), Sigmoid, Dense(1), MeanSquaredError]
public partial class OtherFunction;
