namespace ModelDsl.Tests.Reference.Layers;

internal sealed class ReferenceActivityRegularization : IReferenceLayer<ActivityRegularizationAttribute>
{
    private readonly ActivityRegularizationAttribute _attribute;
    private readonly ReferenceContext _context;

    public ReferenceActivityRegularization(ActivityRegularizationAttribute attribute, ReferenceContext context)
    {
        context.NameOf(attribute, "activityRegularization");
        (_attribute, _context) = (attribute, context);
    }

    public double[] Forward(double[] input, int batch)
    {
        _context.ActivityPenalty += input.Sum(x => (_attribute.L1 * Math.Abs(x)) + (_attribute.L2 * x * x)) / batch;
        return input;
    }
}
