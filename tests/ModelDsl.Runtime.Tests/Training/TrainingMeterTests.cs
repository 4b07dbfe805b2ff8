using System.Diagnostics.Metrics;

namespace ModelDsl.Runtime.Tests.Training;

public sealed class TrainingMeterTests
{
    [Fact]
    public void A_listener_sees_steps_samples_losses_and_epochs()
    {
        var seen = new List<(string Name, double Value, object? Model)>();
        using var meter = new TrainingMeter();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, itself) =>
            {
                if (instrument.Meter.Name == TrainingMeter.MeterName)
                {
                    itself.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        var model = new LinearModel(new Shape(2), 2, LossKind.SoftmaxCrossEntropy, name: "Metered");
        Dataset data = Dataset.FromLabels(new Shape(2), [1f, 0f, 0f, 1f, 1f, 1f], [0, 1, 1]);
        History history = new Trainer<LinearModel>(model, new Sgd { LearningRate = 0.25f })
            .Fit(data, epochs: 2, batchSize: 2, validation: data, observer: meter);

        Assert.Equal(4, Of("modeldsl.training.steps").Sum());
        Assert.Equal([2.0, 1, 2, 1], Of("modeldsl.training.samples"));
        Assert.Equal([1.0, 2], Of("modeldsl.training.epoch"));
        Assert.Equal(history.Last.Loss, Of("modeldsl.training.loss")[^1]);
        Assert.Equal(history.Last.Accuracy, Of("modeldsl.training.accuracy")[^1]);
        Assert.Equal(0.25, Of("modeldsl.training.learning_rate")[^1]);
        Assert.Equal(
            history.Epochs.Select(epoch => epoch.ValidationLoss!.Value), Of("modeldsl.validation.loss"));
        Assert.Equal(
            history.Epochs.Select(epoch => epoch.ValidationAccuracy!.Value), Of("modeldsl.validation.accuracy"));
        Assert.Equal(2, Of("modeldsl.training.epoch.duration").Length);
        Assert.Equal(
            history.Epochs.Select(epoch => epoch.LoadingTime.TotalSeconds), Of("modeldsl.training.epoch.loading"));

        double[] Of(string name) =>
            [.. seen.Where(one => one.Name == name && (string?)one.Model == "Metered").Select(one => one.Value)];

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            seen.Add((instrument.Name, value, tags[0].Value));
    }
}
