using Benchmarks.ScaleBench.Families;

namespace Benchmarks.ScaleBench.Workers;

/// <summary>ModelDsl's side. The samples lie in the model's own input buffer, as a trainer has them.</summary>
internal sealed class OurSide<TModel>(Family family, int size) : ISide
    where TModel : class, IModel<TModel>
{
    private readonly int _batch = family.BatchOf(size);
    private TModel? _model;

    /// <inheritdoc />
    public Contender Train()
    {
        TModel model = TModel.Create(1);
        _model = model;
        Batch.DrawSamples(family.Values, model.GetInputBuffer(_batch));
        int[] labels = Batch.DrawLabels(family.Values, _batch * TModel.Architecture.LabelsPerSample);
        Adam adam = new() { LearningRate = Side.LearningRate };
        return new Contender(() =>
        {
            model.ComputeGradients(model.GetInputBuffer(_batch), labels);
            adam.Step(model.TrainableParameters, model.Gradients);
        });
    }

    /// <inheritdoc />
    public Contender Predict()
    {
        TModel model = _model!.ForInference();
        Batch.DrawSamples(family.Values, model.GetInputBuffer(_batch));
        return new Contender(() => model.Predict(model.GetInputBuffer(_batch)));
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
