namespace ModelDsl.Tests.EndToEnd;

/// <summary>The training loop that the tutorial shows serves every model.</summary>
public sealed class OwnLoopTests
{
    public static TheoryData<string> Names => TestModelCatalog.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Loop_of_the_tutorial_takes_the_steps_of_the_trainer(string name)
    {
        const int Size = 4;
        const int Steps = 3;
        IModel byHand = TestModelCatalog.Create(name, seed: 3);
        Batch batch = Batch.Draw(byHand.Description, Size, seed: 5).First();
        var optimizer = new Adam { LearningRate = 0.01f };
        for (int step = 0; step < Steps; step++)
        {
            byHand.ComputeGradients(batch.Samples, batch.Targets);
            optimizer.Step(byHand.TrainableParameters, byHand.Gradients);
        }

        Assert.Equal(byHand.Gradients.Length, byHand.TrainableParameters.Length);
        IModel byTrainer = TestModelCatalog.Create(name, seed: 3);
        Dataset dataset = DatasetLossTests.DatasetOf(byTrainer, batch);
        new Trainer<IModel>(byTrainer, new Adam { LearningRate = 0.01f })
            .Fit(
                dataset,
                new FitOptions
                {
                    Epochs = Steps,
                    BatchSize = Size,
                    Shuffle = false,
                    LossScaling = new() { InitialScale = byHand.LossScale },
                });
        Assert.Equal(byTrainer.Parameters, byHand.Parameters);
        Assert.Equal(Steps, byHand.TrainingStep);
    }
}
