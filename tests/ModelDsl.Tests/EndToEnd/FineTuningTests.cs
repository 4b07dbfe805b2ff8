namespace ModelDsl.Tests.EndToEnd;

/// <summary>Weights of a block in other models, and blocks that stay as they are.</summary>
public sealed class FineTuningTests
{
    [Fact]
    public void Block_is_found_wherever_it_stands()
    {
        Autoencoder source = Trained(new Autoencoder(seed: 1));
        var target = new FrozenReader(seed: 2);
        float[] head = target.Dense1Weight.ToArray();
        WeightsReport report = ModelWeights.Copy(source, target, WeightMap.OfBlock<TunedEncoder>(Autoencoder.Architecture));

        Assert.True(source.Repeat1_0_Dense1Weight.SequenceEqual(target.Repeat1_0_Dense1Weight));
        Assert.True(source.Repeat1_0_BatchNorm1RunningMean.SequenceEqual(target.Repeat1_0_BatchNorm1RunningMean));
        Assert.Equal(head, target.Dense1Weight.ToArray());
        Assert.Equal(7, report.Taken.Length);
        Assert.Equal(["dense1.weight", "dense1.bias"], report.Left.ToArray());
    }

    [Fact]
    public void First_use_is_taken_from_the_first_and_a_second_has_none()
    {
        Autoencoder source = Trained(new Autoencoder(seed: 1));
        var target = new DeepReader(seed: 2);
        WeightMap strict = WeightMap.OfBlock<TunedEncoder>(Autoencoder.Architecture);
        float[] before = target.Parameters.ToArray();
        var exception = Assert.Throws<ArgumentException>(() => ModelWeights.Copy(source, target, strict));
        Assert.Contains("residual2.dense1.weight", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, target.Parameters.ToArray());

        // The other way round both have one.
        WeightsReport report = ModelWeights.Copy(target, source, WeightMap.OfBlock<TunedEncoder>(DeepReader.Architecture));
        Assert.True(source.Repeat1_0_Dense1Weight.SequenceEqual(target.Residual1_Dense1Weight));
        Assert.Contains("residual2.dense1.weight", report.Left);
    }

    [Fact]
    public void Block_is_taken_from_a_file()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Autoencoder source = Trained(new Autoencoder(seed: 1));
            source.Save(path);
            var byBlock = new FreeReader(seed: 2);
            var byPath = new FreeReader(seed: 2);
            ModelFile.LoadInto(path, byBlock, WeightMap.OfBlock<TunedEncoder>(Autoencoder.Architecture));
            ModelFile.LoadInto(path, byPath, new WeightMap { Paths = ["repeat1"] });
            Assert.True(source.Repeat1_0_Dense2Weight.SequenceEqual(byBlock.Repeat1_0_Dense2Weight));
            Assert.True(byBlock.Parameters.SequenceEqual(byPath.Parameters));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Frozen_block_stays_in_training_and_learns_in_another_class()
    {
        FrozenReader frozen = new(seed: 3);
        float[] encoder = frozen.Parameters[FrozenReader.Architecture.TrainableLength..].ToArray();
        float[] head = frozen.Dense1Weight.ToArray();
        Trained(frozen);
        Assert.Equal(encoder, frozen.Parameters[FrozenReader.Architecture.TrainableLength..].ToArray());
        Assert.NotEqual(head, frozen.Dense1Weight.ToArray());

        FreeReader free = new(seed: 4);
        ModelWeights.Copy(frozen, free);
        Batch batch = Batch.Draw(FrozenReader.Architecture, 5, seed: 1).First();
        Assert.Equal(frozen.Predict(batch.Samples).ToArray(), free.Predict(batch.Samples).ToArray());
        float[] weight = free.Repeat1_0_Dense1Weight.ToArray();
        Trained(free);
        Assert.NotEqual(weight, free.Repeat1_0_Dense1Weight.ToArray());
    }

    [Fact]
    public void Source_that_only_predicts_is_refused() => Assert.Throws<InvalidOperationException>(
        () => ModelWeights.Copy(new Autoencoder(seed: 1).ForInference(), new Autoencoder(seed: 2)));

    [Fact]
    public void Description_names_each_use_of_a_block() => Assert.Equal(
        [
            new BlockDescription("ModelDsl.TestModels.TunedEncoder", "residual1"),
            new BlockDescription("ModelDsl.TestModels.TunedEncoder", "residual2"),
        ],
        DeepReader.Architecture.Blocks.ToArray());

    private static TModel Trained<TModel>(TModel model)
        where TModel : class, IModel
    {
        var optimizer = new Adam { LearningRate = 1e-2f };
        for (int step = 0; step < 3; step++)
        {
            Batch batch = Batch.Draw(model.Description, 9, seed: step).First();
            model.ComputeGradients(batch.Samples, batch.Targets);
            optimizer.Step(model.TrainableParameters, model.Gradients);
        }

        return model;
    }
}
