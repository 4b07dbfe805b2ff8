using MnistSample;
using MnistSample.Commands;
using ModelDsl;

namespace MnistGanSample;

/// <summary>A classifier that was trained on real digits says what drawn ones look like.</summary>
internal sealed class Judge
{
    private readonly MnistMlp _model;

    /// <summary>Trains the classifier.</summary>
    public Judge(Study<MnistData> study, int epochs)
    {
        _model = new MnistMlp(study.Seed);
        var trainer = new Trainer<MnistMlp>(_model, new Adam { LearningRate = 1e-3f });
        study.Fit(
            trainer,
            study.Data.Train,
            new FitOptions { Epochs = epochs, BatchSize = 128, Seed = study.Seed },
            part: "judge");
        Accuracy = trainer.Evaluate(study.Data.Test, cancellationToken: study.Cancellation).Accuracy ?? 0;
    }

    /// <summary>How often it is right about real test images.</summary>
    public double Accuracy { get; }

    /// <summary>
    /// For each class: how many of the images are taken for it, and how sure the judge is of them on average.
    /// </summary>
    public (int Count, double Certainty)[] Classify(ReadOnlySpan<float> images)
    {
        int classes = MnistMlp.Architecture.OutputShape.Count;
        var found = new (int Count, double Certainty)[classes];
        ReadOnlySpan<float> logits = _model.Predict(images);
        double[] probabilities = new double[classes];
        for (int start = 0; start < logits.Length; start += classes)
        {
            ReadOnlySpan<float> own = logits.Slice(start, classes);
            double sum = 0;
            for (int i = 0; i < classes; i++)
            {
                sum += probabilities[i] = Math.Exp(own[i]);
            }

            double largest = probabilities.Max();
            int best = Array.IndexOf(probabilities, largest);
            found[best] = (found[best].Count + 1, found[best].Certainty + (largest / sum));
        }

        return [.. found.Select(one => (one.Count, one.Count == 0 ? 0 : one.Certainty / one.Count))];
    }
}
