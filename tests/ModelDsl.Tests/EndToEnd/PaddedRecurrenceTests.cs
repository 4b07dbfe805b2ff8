namespace ModelDsl.Tests.EndToEnd;

/// <summary>What stands at the steps of padding has no part in what a recurrent layer does.</summary>
public sealed class PaddedRecurrenceTests
{
    public static TheoryData<string, int> Models => new()
    {
        { nameof(PaddedLstm), 3 },
        { nameof(PaddedLstmStacked), 1 },
        { nameof(PaddedGruBackwards), 2 },
        { nameof(PaddedSimpleRnn), 0 },
        { nameof(PaddedRecurrenceBFloat16), 0 },
        { nameof(PaddedRecurrenceClipped), 0 },
        { nameof(GruPaddedStates), 0 },
        { nameof(GruStatesBFloat16), 0 },
        { nameof(LstmPaddedStates), 0 },
        { nameof(LstmStatesFloat16), 0 },
        { nameof(SimpleRnnPaddedStates), 0 },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void NaN_at_padding_reaches_neither_outputs_nor_gradients(string name, int padding)
    {
        IModel clean = TestModelCatalog.Create(name, seed: 5), model = TestModelCatalog.Create(name, seed: 5);
        ParameterDescription embedding = model.Description.Parameters.Single(
            parameter => parameter.Name == "embedding1.weight");
        int width = embedding.Shape.Dimensions[1];
        model.Parameters.Slice(embedding.Offset + (padding * width), width).Fill(float.NaN);
        foreach (Batch batch in Batch.Draw(model.Description, 9, seed: 3))
        {
            Assert.Contains(padding, batch.Samples.Select(token => (int)token));
            Assert.Equal(clean.Predict(batch.Samples).ToArray(), model.Predict(batch.Samples).ToArray());
            Assert.Equal(
                clean.ComputeGradients(batch.Samples, batch.Targets),
                model.ComputeGradients(batch.Samples, batch.Targets));
            Assert.Equal(clean.Gradients.ToArray(), model.Gradients.ToArray());
            Assert.All(
                model.Gradients.Slice(embedding.Offset + (padding * width), width).ToArray(),
                gradient => Assert.Equal(0f, gradient));
        }
    }

    [Theory]
    [InlineData(nameof(PaddedLstmStacked), 1)]
    [InlineData(nameof(PaddedGruBackwards), 2)]
    [InlineData(nameof(PaddedSimpleRnn), 0)]
    public void A_last_state_is_the_same_wherever_the_padding_stands(string name, int padding)
    {
        IModel model = TestModelCatalog.Create(name, seed: 5);
        int steps = model.Description.InputShape.Count;
        float word = padding == 0 ? 1 : 0, other = padding == 2 ? 1 : 2;
        float[] atTheEnd = [word, other, other, word, .. Enumerable.Repeat((float)padding, steps - 4)];
        float[] atTheStart = [.. Enumerable.Repeat((float)padding, steps - 4), word, other, other, word];
        float[] between = [word, padding, other, other, .. Enumerable.Repeat((float)padding, steps - 5), word];
        float[] expected = model.Predict(atTheEnd).ToArray();
        Assert.Equal(expected, model.Predict(atTheStart).ToArray());
        Assert.Equal(expected, model.Predict(between).ToArray());
        Assert.NotEqual(expected, model.Predict([.. Enumerable.Repeat((float)padding, steps)]).ToArray());
    }
}
