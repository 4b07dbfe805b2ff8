namespace ModelDsl.Runtime.Tests.Training;

[Collection(nameof(ThreadSettings))]
public sealed class OptimizerThreadTests
{
    public static TheoryData<string> Cases => OptimizerCases.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Steps_give_the_same_bits_for_every_number_of_threads_and_allocate_nothing(string name)
    {
        float[]? expected = null;
        ThreadSettings.ForEachCount([1, 2, 3, 7], _ =>
        {
            var model = new LinearModel(new Shape(403), 301, LossKind.MeanSquaredError, seed: 2);
            Optimizer optimizer = OptimizerCases.Create(name);
            optimizer.Groups.Add(new ParameterGroup(parameter => parameter.IsVector) { LearningRateFactor = 0.5f });
            OptimizerCases.Run(optimizer, model, first: 1, count: 2);
            long before = GC.GetAllocatedBytesForCurrentThread();
            optimizer.Step(model);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            expected ??= model.Parameters.ToArray();
            Assert.Equal(expected, model.Parameters.ToArray());
        });
    }
}
