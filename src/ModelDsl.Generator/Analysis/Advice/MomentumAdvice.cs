using System.Globalization;

namespace ModelDsl.Generator.Analysis.Advice;

/// <summary>A momentum in the sense of Keras, where it is the share of the past.</summary>
internal sealed class MomentumAdvice : IAdvice
{
    private const float LeastOfKeras = 0.8f;

    public IEnumerable<ShapeIssue> Check(AdvisedModel model)
    {
        foreach (BoundLayer layer in model.AllLayers.Where(layer => layer.Declaration.Attribute is BatchNormAttribute))
        {
            // All of the batch and nothing of the past is a choice.
            float momentum = (float)layer.Arguments<BatchNormAttribute>().Momentum;
            if (momentum is >= LeastOfKeras and < 1f)
            {
                string text = NumberText.Of(momentum);
                decimal past = 1m - decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
                yield return new ShapeIssue(
                    MomentumOfKeras.Message(text, past.ToString("0.############", CultureInfo.InvariantCulture)),
                    layer.Place,
                    nameof(BatchNormAttribute.Momentum));
            }
        }
    }
}
