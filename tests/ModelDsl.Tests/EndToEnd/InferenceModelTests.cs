namespace ModelDsl.Tests.EndToEnd;

/// <summary>Models without a loss.</summary>
public sealed class InferenceModelTests
{
    [Fact]
    public void Model_without_a_loss_reads_the_file_of_one_with_it_and_gives_the_same_bits()
    {
        var trained = new AlsoTrained(seed: 1);
        Batch batch = Batch.Draw(trained.Description, 5, seed: 2).First();
        for (int step = 0; step < 3; step++)
        {
            trained.ComputeGradients(batch.Samples, batch.Targets);
            trained.Gradients.CopyTo(trained.TrainableParameters);
        }

        string path = Path.GetTempFileName();
        try
        {
            trained.Save(path);
            OnlyPredicting predicting = OnlyPredicting.Load(path);
            float[] expected = trained.Predict(batch.Samples).ToArray();
            Assert.Equal(expected, predicting.Predict(batch.Samples).ToArray());
            Assert.Equal(expected, predicting.Outputs.ToArray());
            Assert.Equal(
                trained.ForInference().Predict(batch.Samples).ToArray(),
                predicting.ForInference().Predict(batch.Samples).ToArray());

            predicting.Save(path);
            Assert.Equal(expected, AlsoTrained.Load(path).Predict(batch.Samples).ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Model_without_a_loss_has_nothing_of_training()
    {
        Assert.False(typeof(IModel).IsAssignableFrom(typeof(OnlyPredicting)));
        Assert.True(typeof(IInferenceModel<OnlyPredicting>).IsAssignableFrom(typeof(OnlyPredicting)));
        Assert.True(typeof(IInferenceModel<AlsoTrained>).IsAssignableFrom(typeof(AlsoTrained)));
        string[] members = [.. typeof(OnlyPredicting).GetMembers().Select(member => member.Name)];
        Assert.DoesNotContain("ComputeGradients", members);
        Assert.DoesNotContain("ComputeLoss", members);
        Assert.DoesNotContain("Gradients", members);
        Assert.DoesNotContain("TrainingStep", members);
        Assert.DoesNotContain("Conv2D1WeightGradient", members);
        Assert.Contains("Conv2D1Weight", members);
        ModelDescription description = OnlyPredicting.Architecture;
        Assert.Equal(LossKind.None, description.Loss);
        Assert.Equal(0, description.TrainingFloatsPerSample);
        Assert.Equal(AlsoTrained.Architecture.InferenceFloatsPerSample, description.InferenceFloatsPerSample);
        Assert.Equal(
            AlsoTrained.Architecture.Parameters.Select(parameter => (parameter.Name, parameter.Offset)),
            description.Parameters.Select(parameter => (parameter.Name, parameter.Offset)));
    }

    [Fact]
    public void Output_of_a_method_is_what_it_returns()
    {
        var model = new SecondHalf(seed: 3);
        float[] sample = [0.3f, -0.2f, 0.9f, 0.1f];
        float[] expected = new float[3];
        for (int row = 0; row < 3; row++)
        {
            double sum = model.Dense1Bias[row + 3];
            for (int column = 0; column < 4; column++)
            {
                sum += model.Dense1Weight[((row + 3) * 4) + column] * (double)sample[column];
            }

            expected[row] = (float)Math.Tanh(sum);
        }

        Assert.Equal(expected, model.Predict(sample).ToArray(), (left, right) => Math.Abs(left - right) < 1e-6);
    }

    [Fact]
    public void Inputs_by_name_give_what_joined_samples_give()
    {
        var model = new OnlyPredictingInputs(seed: 1);
        int[] words = [1, 0, 6, 2, 2, 5];
        float[] author = [0.5f, -1f, 0.25f, 2f];
        float[] named = model.Predict(words, author).ToArray();
        Assert.Equal(named, model.Predict(OnlyPredictingInputs.JoinSamples(words, author)).ToArray());
        Assert.NotEqual(named[..2], named[2..]);
    }

    [Fact]
    public void Tokens_continue_one_by_one()
    {
        var model = new OnlyGenerating(seed: 2);
        int[] tokens = [1, 4, 0, 2, 3, 3, 0, 1];
        float[] whole = model.Predict(tokens).ToArray();
        TokenGenerator generator = model.CreateGenerator();
        for (int i = 0; i < tokens.Length; i++)
        {
            float[] step = generator.Append(tokens[i]).ToArray();
            Assert.Equal(whole[(i * 5)..((i + 1) * 5)], step, (left, right) => Math.Abs(left - right) < 1e-5);
        }
    }

    [Fact]
    public void Copies_of_16_bits_predict_nearly_the_same()
    {
        var model = new OnlyPredictingNarrow(seed: 4);
        float[] samples = [.. Enumerable.Range(0, 15).Select(i => MathF.Sin(i))];
        float[] exact = model.Predict(samples).ToArray();
        Assert.Equal(
            exact, model.ForInference().Predict(samples).ToArray(), (left, right) => Math.Abs(left - right) < 2e-3);
    }

    [Fact]
    public void Output_that_only_shows_the_input_is_memory_of_the_model()
    {
        var model = new OnlyFlattening();
        float[] samples = [1f, 2f, 3f, 4f, 5f, 6f];
        ReadOnlySpan<float> outputs = model.Predict(samples);
        samples[0] = 9f;
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], outputs.ToArray());
    }
}
