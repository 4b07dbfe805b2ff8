namespace ModelDsl.Torch.Layers;

internal sealed class TorchLstm : ITorchLayer<LstmAttribute>
{
    private readonly LSTM _module;
    private readonly TorchRecurrence _recurrence;

    public TorchLstm(LstmAttribute attribute, TorchLayerContext context)
    {
        _recurrence = new TorchRecurrence(attribute.ReturnSequences, attribute.GoBackwards);
        _module = nn.LSTM(context.Shape[1], attribute.Units, bias: attribute.UseBias, batchFirst: true);
        TorchRecurrence.Adopt(attribute, context.NameOf(attribute, "lstm"), context, _module, hasTwoBiases: false);
        context.Shape = _recurrence.Shape(context.Shape, attribute.Units);
    }

    public Tensor Forward(Tensor input) => _recurrence.Forward(input, sequence => _module.call(sequence).Item1);
}
