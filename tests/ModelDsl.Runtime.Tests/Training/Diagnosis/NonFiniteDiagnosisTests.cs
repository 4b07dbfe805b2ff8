namespace ModelDsl.Runtime.Tests.Training;

public sealed class NonFiniteDiagnosisTests
{
    [Fact]
    public void Where_all_is_finite_there_is_nothing_to_say() => Assert.Null(Diagnose(new LinearModel(
        new Shape(2), 2, LossKind.MeanSquaredError)));

    [Fact]
    public void A_loss_that_is_not_finite_names_step_place_learning_rate_and_norm()
    {
        TrainingDivergedException found = Diagnose(
            new LinearModel(new Shape(2), 2, LossKind.MeanSquaredError), loss: float.NaN, gradients: [3, 4])!;

        Assert.StartsWith(
            "Linear: the loss became NaN in epoch 2, batch 3 of 8 (step 11); try a learning rate below 0.5, "
                + "or clip the gradients: the largest parameter is ",
            found.Message,
            StringComparison.Ordinal);
        Assert.Contains("the norm of the gradients 5", found.Causes[0], StringComparison.Ordinal);
        Assert.Contains("a logarithm", found.Causes[1], StringComparison.Ordinal);
        Assert.Equal((11, null, null), (found.Step, found.Layer, found.Tensor));
        Assert.True(double.IsNaN(found.OffendingNumber));
    }

    [Theory]
    [InlineData(0, "dense1.weight")]
    [InlineData(16, "dense1.bias")]
    public void A_gradient_that_is_not_a_number_with_a_finite_loss_names_its_tensor_and_layer(int place, string tensor)
    {
        float[] gradients = new float[32];
        gradients[place] = float.NaN;
        TrainingDivergedException found =
            Diagnose(new LinearModel(new Shape(2), 2, LossKind.MeanSquaredError), gradients: gradients)!;

        Assert.StartsWith(
            $"Linear: the loss is 1, but a gradient of {tensor} became NaN in epoch 2, batch 3 of 8 (step 11); "
                + "look for what has no finite slope there, such as a square root at 0",
            found.Message,
            StringComparison.Ordinal);
        Assert.Equal(("dense1", tensor), (found.Layer, found.Tensor));
    }

    [Fact]
    public void A_parameter_that_was_not_finite_before_the_step_is_the_cause()
    {
        var model = new LinearModel(new Shape(2), 2, LossKind.MeanSquaredError);
        model.Parameters[17] = float.PositiveInfinity;
        TrainingDivergedException found = Diagnose(model, loss: float.NaN, gradients: [float.NaN])!;

        Assert.Contains("the parameter dense1.bias is Infinity", found.Message, StringComparison.Ordinal);
        Assert.Equal(
            ["it was so before this step: look at what was loaded, or changed between two steps"],
            found.Causes.AsEnumerable());
    }

    [Fact]
    public void A_sample_that_is_not_finite_is_named_by_its_index_in_the_data()
    {
        var model = new LinearModel(new Shape(2), 2, LossKind.MeanSquaredError);

        Assert.Equal(
            ["the input of sample 41 is NaN at position 1"],
            Diagnose(model, loss: float.NaN, samples: [1, 2, 3, float.NaN])!.Causes.AsEnumerable());
        Assert.Equal(
            ["the target of sample 7 is Infinity at position 0"],
            Diagnose(model, loss: float.NaN, values: [float.PositiveInfinity, 2, 3, 4])!.Causes.AsEnumerable());
    }

    private static TrainingDivergedException? Diagnose(
        IModel model, float loss = 1, float[]? gradients = null, float[]? samples = null, float[]? values = null)
    {
        float[] all = new float[model.Description.TrainableLength];
        gradients?.CopyTo(all, 0);
        return new NonFiniteDiagnosis(model)
        {
            Step = 11,
            Place = "epoch 2, batch 3 of 8",
            LearningRate = 0.5f,
            Loss = loss,
            Gradients = all,
            Samples = samples ?? [1, 2, 3, 4],
            Values = values ?? [],
            Indices = [7, 41],
        }.Find();
    }
}
